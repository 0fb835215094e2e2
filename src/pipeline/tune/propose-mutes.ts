// Lines that only false alerts are about, to be muted. A line that is usual somewhere is never proposed: muted it would be
// missing there, and its volume gone from what is compared with health.
import { strongestTemplateOf } from '../../core/alert-kind.js';
import type { Artifact } from '../../core/artifact.js';
import { RARE_SHARE } from '../../core/features/featurizer.js';
import { isJudged, isRight, type ToldAlert } from './judged-alerts.js';
import { type SourceHistory, windowsIn } from './score-history.js';
import { scoreWithout } from './without-templates.js';

export interface MuteProposal {
  readonly templateId: string;
  readonly text: string;
  /** A raw line; empty where none was kept. */
  readonly example: string;
  readonly services: readonly string[];
  /** Alerts judged false that it is the strongest reason of. */
  readonly falseAlertIds: readonly string[];
}

export interface MuteLeftOut {
  readonly templateId: string;
  readonly text: string;
  readonly falseAlerts: number;
  /**
   * `of a real alert`: it is the strongest reason of one, too; `usual`: healthy windows hold it; `would lose a real alert`:
   * what is left of that alert's reasons would not have been told; `would spare none`: the false ones have other reasons besides
   * that are enough; `not wanted`: somebody said so.
   */
  readonly cause: 'of a real alert' | 'usual' | 'would lose a real alert' | 'would spare none' | 'not wanted';
}

export interface MuteProposals {
  readonly mutes: readonly MuteProposal[];
  readonly leftOut: readonly MuteLeftOut[];
}

type Reason = Omit<MuteProposal, 'falseAlertIds' | 'services'> & {
  readonly services: Set<string>;
  readonly falseAlertIds: Set<string>;
  isOfRight: boolean;
};

export interface MuteOptions {
  /** As the store has them, by source. */
  readonly histories: ReadonlyMap<string, SourceHistory>;
  readonly thresholdOf: (source: string) => number;
  /** Ids of templates that are to stay as they are. */
  readonly unwanted: ReadonlySet<string>;
}

/** Those with the most false alerts first. */
export function proposeMutes(
  told: readonly ToldAlert[],
  { spec, tuning }: Pick<Artifact, 'spec' | 'tuning'>,
  { histories, thresholdOf, unwanted }: MuteOptions,
): MuteProposals {
  const muted = new Set(tuning?.mutedTemplates.map(({ templateId }) => templateId));
  const reasons = [...reasonsOf(told, histories).values()]
    .filter(({ templateId, falseAlertIds }) => falseAlertIds.size > 0 && !muted.has(templateId))
    .sort((a, b) => b.falseAlertIds.size - a.falseAlertIds.size || (a.templateId < b.templateId ? -1 : 1));
  const isTold = (alert: ToldAlert): boolean =>
    isStillTold(alert, histories.get(alert.source), thresholdOf(alert.source), muted);
  const heard = told.filter((alert) => isRight(alert) && isTold(alert));

  const causes = new Map<Reason, MuteLeftOut['cause']>();
  for (const reason of reasons) {
    const { templateId } = reason;
    if (unwanted.has(templateId)) causes.set(reason, 'not wanted');
    else if (reason.isOfRight) causes.set(reason, 'of a real alert');
    else if (isUsual(templateId, spec)) causes.set(reason, 'usual');
    if (causes.has(reason)) continue;
    muted.add(templateId);
    if (heard.every(isTold)) continue;
    muted.delete(templateId);
    causes.set(reason, 'would lose a real alert');
  }
  // looked at once all are muted: two lines may be needed to spare one alert
  const spared = new Set(told.filter((alert) => !isTold(alert)).map(({ alertId }) => alertId));
  for (const reason of reasons)
    if (!causes.has(reason) && ![...reason.falseAlertIds].some((id) => spared.has(id)))
      causes.set(reason, 'would spare none');
  return {
    mutes: reasons.filter((reason) => !causes.has(reason)).map(proposalOf),
    leftOut: [...causes].map(([{ templateId, text, falseAlertIds }, cause]) => ({
      templateId,
      text,
      falseAlerts: falseAlertIds.size,
      cause,
    })),
  };
}

/** Whether any window of it would alert without what is muted; of an alert without windows nothing is known, and it stays. */
function isStillTold(
  alert: ToldAlert,
  history: SourceHistory | undefined,
  threshold: number,
  muted: ReadonlySet<string>,
): boolean {
  if (history === undefined) return true;
  const [first, behind] = windowsIn(history, alert);
  for (let at = first; at < behind; at++) {
    const explanation = history.explanations.get(history.startsMs[at]!);
    const score = history.scores[at]!;
    const left = explanation ? scoreWithout(score, explanation, (id) => muted.has(id)) : score;
    if (left >= threshold) return true;
  }
  return first === behind;
}

/** The strongest template of each window of each judged alert, by id. */
function reasonsOf(
  told: readonly ToldAlert[],
  histories: ReadonlyMap<string, SourceHistory>,
): ReadonlyMap<string, Reason> {
  const reasons = new Map<string, Reason>();
  for (const alert of told.filter(isJudged)) {
    const history = histories.get(alert.source);
    if (history === undefined) continue;
    const [first, behind] = windowsIn(history, alert);
    for (const startMs of history.startsMs.slice(first, behind)) {
      const explanation = history.explanations.get(startMs);
      const template = explanation && strongestTemplateOf(explanation);
      // what stays away cannot be muted
      if (!template || template.event === 'disappeared') continue;
      const { templateId, text, example, service } = template;
      let reason = reasons.get(templateId);
      if (reason === undefined) {
        reason = {
          templateId,
          text,
          example,
          services: new Set(),
          falseAlertIds: new Set(),
          isOfRight: false,
        };
        reasons.set(templateId, reason);
      }
      reason.services.add(service);
      if (isRight(alert)) reason.isOfRight = true;
      else reason.falseAlertIds.add(alert.alertId);
    }
  }
  return reasons;
}

/** Whether any source has it in as many healthy windows as make it no rarity. */
function isUsual(templateId: string, { vocabularies }: Artifact['spec']): boolean {
  return vocabularies.some(({ types, windows }) =>
    types.some((type) => type.templateId === templateId && type.windows >= RARE_SHARE * windows),
  );
}

function proposalOf({ templateId, text, example, services, falseAlertIds }: Reason): MuteProposal {
  return { templateId, text, example, services: [...services].sort(), falseAlertIds: [...falseAlertIds] };
}
