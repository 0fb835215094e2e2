// Alerts on the terminal, as they fire.
import type { AlertSink } from '../ports.js';
import { type Paint, showAlert } from '../alerts/show-alert.js';

/** @param write takes whole lines */
export function createTerminalSink(write: (text: string) => void, paint: Paint): AlertSink {
  return {
    send: async (notice) => write(`${showAlert(notice, paint)}\n`),
  };
}
