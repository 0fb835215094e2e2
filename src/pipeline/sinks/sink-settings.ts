// What `--sinks FILE.json` and the environment say about where alerts go, checked when it is read: a sink that could never
// work is told before anything happens.
import type { AlertmanagerOptions } from '../adapters/alertmanager-sink.js';
import type { SlackOptions } from '../adapters/slack-sink.js';
import type { SmtpOptions } from '../adapters/smtp-sink.js';
import type { WebhookOptions } from '../adapters/webhook-sink.js';
import { compileTexts, type MessageOptions } from './alert-message.js';
import { type JsonFields, jsonFields } from './json-fields.js';
import type { SecretPlaces } from './secret.js';
import { parseHttpUrl, parseSmtpUrl } from './sink-url.js';

export type SinkSettings =
  | ({ readonly type: 'webhook' } & WebhookOptions)
  | ({ readonly type: 'alertmanager' } & AlertmanagerOptions)
  | ({ readonly type: 'slack' } & SlackOptions)
  | ({ readonly type: 'email' } & SmtpOptions);

export interface AlertSettings {
  /** Of different names. */
  readonly sinks: readonly SinkSettings[];
  readonly message: MessageOptions;
  readonly notifyHistory: boolean;
  readonly historyAfterMs: number;
  readonly giveUpAfterMs: number;
}

const HISTORY_AFTER_MS = 10 * 60_000;
const GIVE_UP_AFTER_MS = 3 * 86_400_000;
const TIMEOUT_MS = 10_000;
const MOST_TIMEOUT_MS = 60_000;
const RESOLVE_AFTER_MS = 5 * 60_000;
const LEAST_RESOLVE_AFTER_MS = 10_000;
const LEAST_SECRET_CHARACTERS = 16;
const TYPES = ['webhook', 'alertmanager', 'slack', 'email'] as const;

/**
 * @param json as JSON.parse gave it
 * @param where it came from, for errors
 * @throws Error saying what was wanted and what came; never with a secret in it
 */
export function readAlertSettings(json: unknown, where: string, places: SecretPlaces): AlertSettings {
  const fields = jsonFields(json, where, places);
  const sinks = (fields.objects('sinks') ?? []).map((each) => readSink(each));
  const names = sinks.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw new RangeError(`${where} has two sinks named ${twice}: give one of them another "name"`);
  const dashboardUrl = fields.text('dashboardUrl');
  const linkSecret = fields.secret('linkSecret');
  if (linkSecret !== undefined) checkSecret(linkSecret, `${where}: "linkSecret"`);
  const texts = { title: fields.text('title'), text: fields.text('text') };
  const settings = {
    sinks,
    message: {
      dashboardUrl: dashboardUrl && parseHttpUrl(dashboardUrl, `${where}: "dashboardUrl"`).href,
      linkSecret,
      ...compileTexts(texts),
    },
    notifyHistory: fields.flag('notifyHistory') ?? false,
    historyAfterMs: fields.duration('historyAfter') ?? HISTORY_AFTER_MS,
    giveUpAfterMs: fields.duration('giveUpAfter') ?? GIVE_UP_AFTER_MS,
  };
  fields.checkAllKnown();
  return settings;
}

function readSink(fields: JsonFields): SinkSettings {
  const { where } = fields;
  const type = fields.text('type');
  const name = fields.text('name') ?? type ?? '';
  if (!TYPES.some((each) => each === type))
    throw new RangeError(
      `${where}: "type" must be one of ${TYPES.join(', ')}, got ${type === undefined ? 'none' : `'${type}'`}`,
    );
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name))
    throw new RangeError(`${where}: "name" must be up to 40 lower-case letters, digits and hyphens`);
  const timeoutMs = fields.duration('timeout') ?? TIMEOUT_MS;
  if (timeoutMs < 1 || timeoutMs > MOST_TIMEOUT_MS)
    throw new RangeError(`${where}: "timeout" must be above 0 and at most ${MOST_TIMEOUT_MS / 1000} s`);
  const common = { name, timeoutMs };
  const settings = readTyped(type as (typeof TYPES)[number], fields, common);
  fields.checkAllKnown();
  return settings;
}

function readTyped(
  type: (typeof TYPES)[number],
  fields: JsonFields,
  common: { readonly name: string; readonly timeoutMs: number },
): SinkSettings {
  const { where } = fields;
  const urlText = wanted(fields.secret('url', true), where, 'url');
  if (type === 'email') {
    const server = parseSmtpUrl(urlText, `${where}: "url"`);
    const password = fields.secret('password') ?? server.password;
    return {
      type,
      ...common,
      ...server,
      password,
      from: mailAddress(wanted(fields.text('from'), where, 'from'), `${where}: "from"`),
      to: wanted(fields.texts('to'), where, 'to').map((each) => mailAddress(each, `${where}: "to"`)),
    };
  }
  const url = parseHttpUrl(urlText, `${where}: "url"`);
  if (type === 'slack') return { type, ...common, url };
  const authorization = fields.secret('authorization');
  if (type === 'webhook') {
    const secret = fields.secret('secret');
    if (secret !== undefined) checkSecret(secret, `${where}: "secret"`);
    return { type, ...common, url, secret, authorization };
  }
  const resolveAfterMs = fields.duration('resolveAfter') ?? RESOLVE_AFTER_MS;
  if (resolveAfterMs < LEAST_RESOLVE_AFTER_MS)
    throw new RangeError(`${where}: "resolveAfter" must be at least ${LEAST_RESOLVE_AFTER_MS / 1000} s`);
  const labels = fields.textMap('labels') ?? {};
  const wrong = Object.keys(labels).find((label) => !/^[a-zA-Z_]\w*$/.test(label));
  if (wrong !== undefined)
    throw new RangeError(
      `${where}: "labels" has '${wrong}': a label is letters, digits and _, no digit first`,
    );
  return { type, ...common, url, authorization, resolveAfterMs, labels };
}

function wanted<T>(value: T | undefined, where: string, name: string): T {
  if (value === undefined) throw new RangeError(`${where} has no "${name}": give it one`);
  return value;
}

function checkSecret(secret: string, what: string): void {
  if (secret.length < LEAST_SECRET_CHARACTERS)
    throw new RangeError(
      `${what} must have ${LEAST_SECRET_CHARACTERS} characters or more, this one has ${secret.length}: make one with 'openssl rand -hex 32'`,
    );
}

/** `ops@example.net` or `Ops <ops@example.net>`. */
function mailAddress(text: string, what: string): string {
  if (/^([^<>@\r\n,;]*<)?[^\s<>@,;]+@[\w.-]+>?$/.test(text) && text.includes('<') === text.endsWith('>'))
    return text;
  throw new RangeError(`${what} must be an address such as ops@example.net or Ops <ops@example.net>`);
}
