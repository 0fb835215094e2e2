// From a shape's hash to a number, without allocating: one exact look-up is what matching a known message costs.

export interface ShapeTable {
  /** The number stored for a hash, or -1. */
  find(a: number, b: number): number;
  /** Stores a number (≥ 0); an equal hash is overwritten. */
  set(a: number, b: number, value: number): void;
}

const FIRST_CAPACITY = 256;

/** Open addressing with linear probing, at most half full. Hash words may be signed or unsigned. */
export function createShapeTable(): ShapeTable {
  let mask = FIRST_CAPACITY - 1;
  let hashA = new Int32Array(FIRST_CAPACITY);
  let hashB = new Int32Array(FIRST_CAPACITY);
  let values = new Int32Array(FIRST_CAPACITY).fill(-1);
  let size = 0;

  const find = (a: number, b: number): number => {
    const wordA = a | 0;
    const wordB = b | 0;
    let cell = wordA & mask;
    for (;;) {
      const value = values[cell]!;
      if (value < 0 || (hashA[cell] === wordA && hashB[cell] === wordB)) return value;
      cell = (cell + 1) & mask;
    }
  };

  const place = (a: number, b: number, value: number): void => {
    let cell = a & mask;
    while (values[cell]! >= 0 && (hashA[cell] !== a || hashB[cell] !== b)) cell = (cell + 1) & mask;
    if (values[cell]! < 0) size++;
    hashA[cell] = a;
    hashB[cell] = b;
    values[cell] = value;
  };

  const grow = (): void => {
    const [oldA, oldB, oldValues] = [hashA, hashB, values];
    const capacity = (mask + 1) * 2;
    mask = capacity - 1;
    hashA = new Int32Array(capacity);
    hashB = new Int32Array(capacity);
    values = new Int32Array(capacity).fill(-1);
    size = 0;
    for (let i = 0; i < oldValues.length; i++)
      if (oldValues[i]! >= 0) place(oldA[i]!, oldB[i]!, oldValues[i]!);
  };

  return {
    find,
    set(a, b, value) {
      if (size * 2 > mask) grow();
      place(a | 0, b | 0, value);
    },
  };
}
