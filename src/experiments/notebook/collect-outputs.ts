// The outputs of one cell, gathered from what its kernel says, as Jupyter keeps them.
import type { FromKernel } from './kernel-messages.js';
import type { NotebookOutput } from './notebook-file.js';

export interface OutputCollector {
  add(message: Extract<FromKernel, { kind: 'stream' | 'display' }>): void;
  outputs(): NotebookOutput[];
  /** How often the cell wrote to the console. */
  writes(): number;
}

/** Texts that follow each other on one stream are one output; an update takes the place of what it updates. */
export function createOutputCollector(): OutputCollector {
  const outputs: NotebookOutput[] = [];
  const places = new Map<string, number>();
  let writes = 0;
  return {
    add: (message) => {
      if (message.kind === 'stream') {
        writes++;
        const { name, text } = message;
        const last = outputs.at(-1);
        if (last?.output_type === 'stream' && last.name === name)
          outputs[outputs.length - 1] = { ...last, text: `${last.text as string}${text}` };
        else outputs.push({ output_type: 'stream', name, text });
        return;
      }
      const { data, metadata, displayId, isUpdate } = message;
      const output = { output_type: 'display_data', data, metadata } as const;
      const place = displayId === undefined ? undefined : places.get(displayId);
      if (isUpdate && place !== undefined) outputs[place] = output;
      else {
        if (displayId !== undefined) places.set(displayId, outputs.length);
        outputs.push(output);
      }
    },
    outputs: () => outputs,
    writes: () => writes,
  };
}
