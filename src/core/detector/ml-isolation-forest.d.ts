// The library ships no types; these are the parts of it that grow-tree.ts relies on.
declare module 'ml-isolation-forest' {
  export interface TreeNode {
    readonly left?: TreeNode;
    readonly right?: TreeNode;
    readonly splitColumn: number;
    readonly splitValue: number;
    isLeafNode(): boolean;
    numberDataPoints(): number;
  }

  export class IsolationForest {
    constructor(options?: { nEstimators?: number });
    readonly forest: readonly TreeNode[];
    train(trainingSet: readonly (readonly number[])[]): void;
  }
}
