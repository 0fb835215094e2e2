// A certificate authority of the test's own, and a certificate for brokers on loopback that it signed, by openssl.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TestCertificates {
  /** What a client has to trust. */
  readonly caPath: string;
  /** Private key and certificate of the brokers, in one file. */
  readonly keyStorePath: string;
}

export function isOpensslThere(): boolean {
  return spawnSync('openssl', ['version']).status === 0;
}

/** @param folder that they are written to */
export function makeCertificates(folder: string): TestCertificates {
  const at = (name: string): string => join(folder, name);
  const openssl = (words: string): void => {
    execFileSync('openssl', words.split(' '), { cwd: folder, stdio: 'pipe' });
  };
  const key = '-newkey rsa:2048 -nodes';
  openssl(`req -x509 ${key} -keyout ca.key -out ca.pem -days 2 -subj /CN=loghorn-test-ca`);
  openssl(`req ${key} -keyout broker.key -out broker.csr -subj /CN=broker`);
  writeFileSync(at('names.cnf'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const signing = '-CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names.cnf';
  openssl(`x509 -req -in broker.csr -out broker.pem ${signing}`);
  writeFileSync(
    at('store.pem'),
    ['broker.key', 'broker.pem'].map((name) => readFileSync(at(name))).join(''),
    {
      mode: 0o600,
    },
  );
  return { caPath: at('ca.pem'), keyStorePath: at('store.pem') };
}
