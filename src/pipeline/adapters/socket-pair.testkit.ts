// What a test's proxy does with the two ends of a connection: neither outlives the other, and none fails the test.
import type { Socket } from 'node:net';

/** @param sockets all that are open, for whoever ends the proxy */
export function tieSockets(near: Socket, far: Socket, sockets: Set<Socket>): void {
  for (const socket of [near, far]) {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      near.destroy();
      far.destroy();
    });
  }
}
