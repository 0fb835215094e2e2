// An alert as text for a person: what, where, since when, how strange, why, and how long it took to tell.
import { headlineOf, severityOf } from '../../core/alert-kind.js';
import type { Explanation } from '../../core/alert.js';
import { fallBeganMs } from '../../core/fall-begin.js';
import { featureReason } from '../../core/feature-reason.js';
import type { Silence } from '../desk/desk.js';
import type { AlertNotice } from '../ports.js';
import type { Stage } from '../latency/stages.js';
import { isUnusual, usualWords } from '../../core/usual-words.js';
import type { SaidOf } from './said-of.js';
import { visibleText } from './visible-text.js';

export interface Paint {
  (style: 'red' | 'green' | 'yellow' | 'dim' | 'bold', text: string): string;
}

const CODES = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;

/** @param isColoured whether the text goes to a terminal */
export function createPaint(isColoured: boolean): Paint {
  return (style, text) => (isColoured ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

const MOST_FEATURES = 4;
const MOST_TEMPLATES = 4;

/** Twice the characters of a headline: some of them are pairs of surrogates. */
const HEADLINE_CHARACTERS = 280;

/**
 * One line, or several for the opening of a live alert that nobody silenced; without a line break at the end.
 *
 * @param link where the alert is to be looked at
 */
export function showAlert(notice: AlertNotice, paint: Paint, said: SaidOf = {}, link?: string): string {
  if (said.silence !== undefined) return showSilenced(notice, said.silence, paint);
  const loud = showLoud(notice, paint, link);
  if (said.acknowledgedBy === undefined) return loud;
  const [head = '', ...lines] = loud.split('\n');
  return [`${head} (${visibleText(said.acknowledgedBy, 80)} has it in hand)`, ...lines].join('\n');
}

/** Quieter than the others: a line, in no colour that calls. */
function showSilenced(notice: AlertNotice, { who, untilMs, reason }: Silence, paint: Paint): string {
  const [line = ''] = showLoud({ ...notice, isLive: false }, createPaint(false)).split('\n');
  const why = reason === '' ? '' : `: ${visibleText(reason, 140)}`;
  return paint('dim', `⊘ ${line} (silenced by ${visibleText(who, 80)} until ${showTime(untilMs)}${why})`);
}

function showLoud({ event, isLive, stagesMs }: AlertNotice, paint: Paint, link?: string): string {
  const source = paint('bold', visibleText(event.source, 80));
  if (event.type === 'resolved') {
    const length = showDuration(event.untilMs - event.sinceMs);
    return `${markOf(event, paint)} ${source}  ${showEnd(event.reason, length)}, peak score ${showScore(event.peakScore)}, since ${showTime(event.sinceMs)}`;
  }
  const { explanation } = event;
  const measure = `score ${showScore(event.score)} (alerts from ${showScore(event.threshold)}), since ${showTime(event.episodeMs ?? event.sinceMs)}`;
  const isWorse = event.type === 'updated' && event.reason === undefined;
  if (explanation === undefined || isWorse) return `${markOf(event, paint)} ${source}  ${measure}`;
  const headline = visibleText(headlineOf(explanation), HEADLINE_CHARACTERS);
  const head = `${markOf(event, paint)} ${source}  ${severityOf({ ...event, explanation })}: ${headline}`;
  // of history a line each, or a back-fill hides what is live
  if (!isLive || event.type !== 'opened') return `${head} · ${measure}`;
  const took = showStages(stagesMs, beforeWindowMs(event));
  return [
    head,
    `          ${measure}`,
    ...explain(explanation, paint),
    ...(took === '' ? [] : [paint('dim', `          took   ${took}`)]),
    ...(link === undefined ? [] : [paint('dim', `          page   ${link}`)]),
  ].join('\n');
}

const UPDATE_MARKS: ReadonlyMap<AlertNotice['event']['reason'], string> = new Map([
  ['changed', '▲ other'],
  ['more lines', '▲ more '],
]);

function markOf({ type, reason }: AlertNotice['event'], paint: Paint): string {
  if (type === 'updated') return paint('yellow', UPDATE_MARKS.get(reason) ?? '▲ worse');
  if (type === 'opened') return paint('red', reason === 'reopened' ? '● AGAIN' : '● ALERT');
  return reason === 'absorbed' ? paint('yellow', '≈ level') : paint('green', '✓ calm ');
}

/** What became of an alert that is resolved. @param length of the alert, as a person reads it */
export function showEnd(reason: AlertNotice['event']['reason'], length: string): string {
  switch (reason) {
    case 'retracted':
      return 'taken back by late records';
    case 'absorbed':
      return `still so after ${length}: taken as the new level`;
    case 'superseded':
      return `graver things took its place after ${length}`;
    case 'model changed':
      return `left after ${length} to the artifact that was promoted`;
    default:
      return `over after ${length}`;
  }
}

/** A line a reason, indented below the head. */
export function explain({ features, templates }: Explanation, paint: Paint): string[] {
  const lines = features
    .filter(isUnusual)
    .slice(0, MOST_FEATURES)
    .map((feature) => `          ${featureReason(feature)}`);
  for (const { event, severity, text, count, usual, example } of templates.slice(0, MOST_TEMPLATES)) {
    const often = event === 'disappeared' ? `usually ${usualWords(usual)}` : `${count} in a window`;
    const usually = event === 'spike' ? `, usually ${usualWords(usual)}` : '';
    lines.push(`          ${WORDS[event]} ${severity} ${visibleText(text, 140)} (${often}${usually})`);
    if (example !== '') lines.push(paint('dim', `             e.g. ${visibleText(example, 200)}`));
  }
  if (templates.length > MOST_TEMPLATES)
    lines.push(paint('dim', `          and ${templates.length - MOST_TEMPLATES} more line types`));
  return lines;
}

const WORDS = { new: 'new line', spike: 'too often', disappeared: 'missing' } as const;

/** In the order in which they come to pass. */
const STAGE_WORDS: readonly (readonly [Stage, string])[] = [
  ['endToEligible', 'window closed'],
  ['eligibleToScored', 'scored'],
  ['scoredToCommit', 'committed'],
  ['commitToStored', 'stored'],
  ['storedToEmitted', 'told'],
];

/** By how much a fall began before the window that told of it; undefined of anything else. */
function beforeWindowMs({ explanation, startMs }: AlertNotice['event']): number | undefined {
  const beganMs = fallBeganMs(explanation);
  return beganMs === undefined ? undefined : startMs - beganMs;
}

function showStages(stagesMs: AlertNotice['stagesMs'], fellBeforeMs: number | undefined): string {
  const parts = STAGE_WORDS.flatMap(([stage, word]) => {
    const durationMs = stagesMs[stage];
    return durationMs === undefined ? [] : [`${word} +${showDuration(durationMs)}`];
  });
  const { eventToAlert } = stagesMs;
  if (eventToAlert !== undefined) {
    const since = fellBeforeMs === undefined ? 'the window began' : 'it fell';
    parts.push(`${showDuration(eventToAlert + (fellBeforeMs ?? 0))} since ${since}`);
  }
  return parts.join(' · ');
}

/** `2026-03-02 18:00:30Z` */
export function showTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('T', ' ').replace('.000Z', 'Z');
}

/** `0.4 ms`, `1.25 s`, `4.5 min`, `2.1 h` */
export function showDuration(durationMs: number): string {
  if (durationMs < 1000) return `${durationMs.toFixed(durationMs < 10 ? 1 : 0)} ms`;
  if (durationMs < 120_000) return `${(durationMs / 1000).toFixed(1)} s`;
  if (durationMs < 7_200_000) return `${(durationMs / 60_000).toFixed(1)} min`;
  return `${(durationMs / 3_600_000).toFixed(1)} h`;
}

/** Two digits, more where they are what tells a score from 1. */
export function showScore(score: number): string {
  return score > 0.99 && score < 1 ? (Math.floor(score * 10_000) / 10_000).toFixed(4) : score.toFixed(2);
}
