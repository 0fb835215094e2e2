// The whole way through a listener with TLS and a login: settings from the environment, and from a file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lastLineOf, runCli } from '../adapters/kafka-source.testkit.js';
import { isOpensslThere, makeCertificates } from '../kafka-broker/certificate.testkit.js';
import { kafkaOrSkip, startTestKafka, type TestKafka } from '../kafka-broker/kafka.testkit.js';
import { requireOrSkip } from '../../require.testkit.js';

const CLI = join(import.meta.dirname, '../../../dist/cli.js');
const PASSWORD = 'quite-a-secret';

const canRun = (await kafkaOrSkip()) && requireOrSkip('kafka', isOpensslThere(), 'apt install openssl');

describe.runIf(canRun)('TLS and SCRAM', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loghorn-tls-'));
  const at = (name: string): string => join(folder, name);
  const login = { mechanism: 'SCRAM-SHA-512', username: 'alice', password: PASSWORD };
  let kafka: TestKafka;
  let model = '';
  let caPath = '';

  beforeAll(async () => {
    const certificates = makeCertificates(folder);
    ({ caPath } = certificates);
    runCli('generate', '--out', folder, '--records', '3000', '--span', '30m');
    runCli('fit', at('logs.ndjson'), '--name', 'tls', '--models', at('models'));
    model = join(at('models'), 'tls', readdirSync(join(at('models'), 'tls'))[0]!);
    const users = [{ name: 'alice', password: PASSWORD }];
    kafka = await startTestKafka({ users, keyStorePath: certificates.keyStorePath });
  });
  afterAll(async () => {
    await kafka?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const variables = (caFile: string | undefined): Record<string, string> => ({
    LOGHORN_KAFKA_SSL: '1',
    ...(caFile === undefined ? {} : { LOGHORN_KAFKA_SSL_CA: caFile }),
    LOGHORN_KAFKA_SASL_MECHANISM: login.mechanism,
    LOGHORN_KAFKA_SASL_USERNAME: login.username,
    LOGHORN_KAFKA_SASL_PASSWORD: login.password,
  });
  const runWith = (env: Record<string, string>, ...words: string[]): string =>
    execFileSync(process.execPath, [CLI, ...words], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: 'pipe',
    });

  test('what is produced by the variables and consumed by the file is scored as offline', () => {
    const topic = `kafka://${kafka.guardedAddresses[0]!}/logs`;
    const log = at('logs.ndjson');
    const store = `sqlite:${at('tls.db')}`;
    const config = at('kafka.json');
    writeFileSync(config, JSON.stringify({ sasl: login, ssl: { ca: caPath } }), { mode: 0o600 });
    const produce = ['produce', '--to', topic, '--partitions', '2', '--from', `file:${log}`];

    const produced = runWith(variables(caPath), ...produce);
    const words = ['--model', model, '--store', store, '--until-end', '--json', '--kafka-config', config];
    const consumed = runWith({}, 'consume', '--from', topic, ...words);

    expect(lastLineOf(produced)).toMatchObject({ records: 3000, acknowledged: 3000 });
    expect(lastLineOf(consumed)).toMatchObject({ isOver: true, lines: { read: 3000, scored: 3000 } });
    const sorted = (text: string): string[] => text.trimEnd().split('\n').sort();
    expect(sorted(runCli('windows', '--store', store))).toEqual(
      sorted(runCli('score', log, '--model', model)),
    );
  });

  test('a broker whose certificate nobody vouches for is not spoken to, and no password is shown', () => {
    const topic = `kafka://${kafka.guardedAddresses[0]!}/logs`;
    let said = '';
    try {
      runWith(variables(undefined), 'topic', 'describe', topic);
    } catch (error) {
      said = String((error as { stderr?: unknown }).stderr);
    }

    expect(said).toMatch(/is not trusted .* LOGHORN_KAFKA_SSL_CA/);
    expect(said).not.toContain(PASSWORD);
  });
});
