// Which silence an alert falls under: by its source, its kind, and the templates among its reasons.
import { kindOf } from '../../core/alert-kind.js';
import type { AlertEvent } from '../../core/alert-event.js';
import type { Silence } from '../desk/desk.js';

/**
 * @param silences that hold now
 * @returns the first whose every given word matches
 */
export function matchingSilence(
  { source, explanation }: Pick<AlertEvent, 'source' | 'explanation'>,
  silences: readonly Silence[],
): Silence | undefined {
  return silences.find(
    ({ match }) =>
      Object.keys(match).length > 0 &&
      (match.source === undefined || match.source === source) &&
      (match.kind === undefined || match.kind === kindOf(explanation)) &&
      (match.templateId === undefined ||
        explanation?.templates.some(({ templateId }) => templateId === match.templateId) === true),
  );
}
