// The short way to a sink or two: environment variables instead of a file. They are put together as the file would be, so
// that both mean the same.

type Env = Readonly<Record<string, string | undefined>>;
type Json = Record<string, unknown>;

/**
 * @param file as JSON.parse gave it; undefined without one
 * @returns the file with what the environment adds to it; undefined where nothing is said at all
 * @throws Error when the environment names a mail server and nobody to write to
 */
export function withEnvironment(file: unknown, env: Env): unknown {
  const added = sinksOf(env);
  const common = commonOf(env);
  if (file === undefined && added.length === 0) return undefined;
  // what is no object is told by whoever reads it
  if (file !== undefined && (typeof file !== 'object' || file === null || Array.isArray(file))) return file;
  const { sinks = [], ...rest } = (file ?? {}) as Json;
  if (!Array.isArray(sinks)) return file;
  return { ...common, ...rest, sinks: [...(sinks as unknown[]), ...added] };
}

function sinksOf(env: Env): Json[] {
  const has = (name: string): boolean => env[name] !== undefined && env[name] !== '';
  const sinks: Json[] = [];
  const named = (name: string): Json => ({ [fieldOf(name)]: { env: name } });
  if (has('LOGHORN_WEBHOOK_URL'))
    sinks.push({
      type: 'webhook',
      ...named('LOGHORN_WEBHOOK_URL'),
      ...(has('LOGHORN_WEBHOOK_SECRET') ? named('LOGHORN_WEBHOOK_SECRET') : {}),
    });
  if (has('LOGHORN_ALERTMANAGER_URL'))
    sinks.push({ type: 'alertmanager', ...named('LOGHORN_ALERTMANAGER_URL') });
  if (has('LOGHORN_SLACK_URL')) sinks.push({ type: 'slack', ...named('LOGHORN_SLACK_URL') });
  if (has('LOGHORN_SMTP_URL') && !has('LOGHORN_MAIL_TO'))
    throw new Error(
      'LOGHORN_SMTP_URL is set and LOGHORN_MAIL_TO is not: set it to the addresses that get alerts',
    );
  if (has('LOGHORN_SMTP_URL'))
    sinks.push({
      type: 'email',
      ...named('LOGHORN_SMTP_URL'),
      ...(has('LOGHORN_SMTP_PASSWORD') ? named('LOGHORN_SMTP_PASSWORD') : {}),
      to: env['LOGHORN_MAIL_TO']!.split(',').map((each) => each.trim()),
      from: env['LOGHORN_MAIL_FROM'] ?? 'loghorn@localhost',
    });
  return sinks;
}

/** Of LOGHORN_WEBHOOK_URL it is `url`. */
function fieldOf(name: string): string {
  return name.slice(name.lastIndexOf('_') + 1).toLowerCase();
}

function commonOf(env: Env): Json {
  const { LOGHORN_DASHBOARD_URL: url, LOGHORN_LINK_SECRET: secret, LOGHORN_LINK_SECRET_FILE: file } = env;
  return {
    ...(url ? { dashboardUrl: url } : {}),
    ...(secret ? { linkSecret: { env: 'LOGHORN_LINK_SECRET' } } : file ? { linkSecret: { file } } : {}),
  };
}
