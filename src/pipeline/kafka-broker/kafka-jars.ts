// The jars of an Apache Kafka broker from Maven Central, fetched once for each version and kept beside other caches.
// A folder appears whole or not at all: it is filled under another name and renamed.
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './run-program.js';
import { makeFolder } from '../../shell/make-folder.js';

export const DEFAULT_KAFKA_VERSION = '4.1.2';

const LOG4J_VERSION = '2.25.4';
const SLF4J_VERSION = '1.7.36';
const FETCH_WITHIN_MS = 600_000;

export function kafkaCacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'loghorn', 'kafka');
}

/** @returns major version, such as 4; @throws RangeError on anything but a version like 4.1.2 */
export function majorOf(kafkaVersion: string): number {
  if (!/^\d+\.\d+\.\d+$/.test(kafkaVersion))
    throw new RangeError(`'${kafkaVersion}' is no Kafka version: write for example ${DEFAULT_KAFKA_VERSION}`);
  const major = Number(kafkaVersion.split('.')[0]);
  if (major < 3) throw new RangeError(`Kafka ${kafkaVersion} has no KRaft mode: use 3.9.1 or newer`);
  return major;
}

/**
 * @returns folder of the jars, for `java -cp 'FOLDER/*'`
 * @throws Error that says what to do when Maven is missing or cannot fetch them
 */
export async function fetchKafkaJars(
  kafkaVersion: string,
  say: (sentence: string) => void,
  cacheFolder = kafkaCacheFolder(),
): Promise<string> {
  majorOf(kafkaVersion);
  const jars = join(cacheFolder, kafkaVersion);
  if (await hasBroker(jars, kafkaVersion)) return jars;
  say(`fetching Apache Kafka ${kafkaVersion} from Maven Central, once, to ${jars}`);
  makeFolder(cacheFolder);
  const work = await mkdtemp(join(cacheFolder, '.fetching-'));
  try {
    await writeFile(join(work, 'pom.xml'), pomOf(kafkaVersion));
    await runMaven(work, kafkaVersion);
    await putInPlace(join(work, 'libs'), jars, kafkaVersion);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return jars;
}

async function hasBroker(jars: string, kafkaVersion: string): Promise<boolean> {
  const names = await readdir(jars).catch((): string[] => []);
  return names.includes(`kafka_2.13-${kafkaVersion}.jar`);
}

async function runMaven(work: string, kafkaVersion: string): Promise<void> {
  const words = ['-q', '-B', '-f', join(work, 'pom.xml'), 'dependency:copy-dependencies'];
  const result = await runProgram(
    'mvn',
    [...words, '-DincludeScope=runtime', `-DoutputDirectory=${join(work, 'libs')}`],
    FETCH_WITHIN_MS,
  );
  if (result.kind === 'missing')
    throw new Error(
      `fetching Kafka ${kafkaVersion} needs Maven, and there is no 'mvn' on the PATH: install it (apt install maven, brew install maven)`,
    );
  if (result.kind === 'ended' && result.exitCode === 0) return;
  const why = result.output.split('\n').find((line) => line.includes('ERROR')) ?? 'it took too long';
  throw new Error(
    `Maven could not fetch Kafka ${kafkaVersion}: is that version there, and is the net? ${why}`,
  );
}

/** Two that fetch at the same time: the first to be ready is kept. */
async function putInPlace(from: string, jars: string, kafkaVersion: string): Promise<void> {
  try {
    await rename(from, jars);
  } catch (error) {
    if (!(await hasBroker(jars, kafkaVersion))) throw error;
  }
}

/** The broker's own pom brings all it needs but the binding of its log. */
function pomOf(kafkaVersion: string): string {
  const logging =
    majorOf(kafkaVersion) >= 4
      ? dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', LOG4J_VERSION) +
        dependency('org.apache.logging.log4j', 'log4j-core', LOG4J_VERSION)
      : dependency('org.slf4j', 'slf4j-reload4j', SLF4J_VERSION);
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>loghorn</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
${dependency('org.apache.kafka', 'kafka_2.13', kafkaVersion)}${logging}  </dependencies>
</project>
`;
}

function dependency(group: string, artifact: string, version: string): string {
  return `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>\n`;
}
