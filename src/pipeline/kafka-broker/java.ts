// Which Java there is, and whether a Kafka version runs on it.
import { majorOf } from './kafka-jars.js';
import { runProgram } from './run-program.js';

/** @throws Error that says what to install when Java is missing or too old for this Kafka */
export async function checkJava(kafkaVersion: string): Promise<void> {
  const wanted = majorOf(kafkaVersion) >= 4 ? 17 : 11;
  const how = `install Java ${wanted} or newer (apt install openjdk-17-jre-headless, brew install openjdk@17)`;
  const result = await runProgram('java', ['-version'], 30_000);
  if (result.kind === 'missing')
    throw new Error(`a Kafka broker needs Java, and there is no 'java' on the PATH: ${how}`);
  const found = javaMajorOf(result.output);
  if (found === undefined)
    throw new Error(`'java -version' did not name a version (${result.output.trim()}): ${how}`);
  if (found < wanted)
    throw new Error(`Kafka ${kafkaVersion} needs Java ${wanted} or newer, this is Java ${found}: ${how}`);
}

/** From what `java -version` prints: `openjdk version "17.0.15"` is 17, `java version "1.8.0_392"` is 8. */
export function javaMajorOf(text: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(text);
  return match === null ? undefined : Number(match[1]);
}
