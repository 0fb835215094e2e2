// A network before a broker on which acknowledgements get lost: what was sent is written, and whoever sent it never hears so.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tieSockets } from '../adapters/socket-pair.testkit.js';

export interface AckProxy {
  /** host:port; the broker's own address is replaced by it in whatever the broker answers. */
  readonly address: string;
  /** The connection is cut instead of the next acknowledgement. */
  loseNextAck(): void;
  /** Lost so far. */
  lost(): number;
  close(): Promise<void>;
}

const PRODUCE = 0;
const LENGTH_BYTES = 4;

/** @param broker host:port, the only one of its cluster */
export async function startAckProxy(broker: string): Promise<AckProxy> {
  const [host, brokerPort] = broker.split(':') as [string, string];
  const sockets = new Set<Socket>();
  let isArmed = false;
  let lost = 0;

  const server = createServer((near) => {
    const far = connect(Number(brokerPort), host);
    const produced = new Set<number>();
    tieSockets(near, far, sockets);
    onFrames(near, (frame) => {
      // length, API key, its version, correlation id (Kafka protocol guide, request header)
      if (frame.readInt16BE(LENGTH_BYTES) === PRODUCE) produced.add(frame.readInt32BE(LENGTH_BYTES + 4));
      far.write(frame);
    });
    onFrames(far, (frame) => {
      if (isArmed && produced.has(frame.readInt32BE(LENGTH_BYTES))) {
        isArmed = false;
        lost++;
        near.destroy();
        return;
      }
      near.write(redirected(frame));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  /** The broker's address is its host as text and its port behind that, 32 bits. */
  const addressOf = (each: number): Buffer => {
    const bytes = Buffer.alloc(host.length + 4);
    bytes.write(host);
    bytes.writeInt32BE(each, host.length);
    return bytes;
  };
  const [own, through] = [addressOf(Number(brokerPort)), addressOf(port)];
  const redirected = (frame: Buffer): Buffer => {
    for (let at = frame.indexOf(own); at >= 0; at = frame.indexOf(own, at + 1)) through.copy(frame, at);
    return frame;
  };

  return {
    address: `127.0.0.1:${port}`,
    loseNextAck: () => {
      isArmed = true;
    },
    lost: () => lost,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** Each message of the protocol begins with its length, 32 bits. */
function onFrames(socket: Socket, take: (frame: Buffer) => void): void {
  let waiting = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes]);
    while (waiting.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + waiting.readInt32BE(0);
      if (waiting.length < end) return;
      take(Buffer.from(waiting.subarray(0, end)));
      waiting = waiting.subarray(end);
    }
  });
}
