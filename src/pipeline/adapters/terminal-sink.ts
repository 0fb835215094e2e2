// Alerts on the terminal, as they fire.
import type { AlertSink } from '../ports.js';
import type { AskSaidOf } from '../alerts/said-of.js';
import { type Paint, showAlert } from '../alerts/show-alert.js';

/**
 * @param write takes whole lines
 * @param askSaidOf asked of what is live: what people silence now says nothing about yesterday
 */
export function createTerminalSink(
  write: (text: string) => void,
  paint: Paint,
  askSaidOf: AskSaidOf = async () => ({}),
  linkOf: (alertId: string) => string | undefined = () => undefined,
): AlertSink {
  return {
    send: async (notice) => {
      const said = notice.isLive ? await askSaidOf(notice.event) : {};
      write(`${showAlert(notice, paint, said, linkOf(notice.event.alertId))}\n`);
    },
  };
}
