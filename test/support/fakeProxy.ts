import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** A proxy on the loopback interface that leads every host to one port of this machine. */
export type FakeProxy = {
  readonly url: string;
  /** `CONNECT api.test:443`, `GET http://api.test/…`, with the user that was given. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
};

/** @param refuse answers with this status instead of going through */
export async function startFakeProxy(port: number, refuse?: number): Promise<FakeProxy> {
  const asked: string[] = [];
  const sockets = new Set<net.Socket>();
  const note = ({ method, url, headers }: http.IncomingMessage) => {
    const user = headers['proxy-authorization']?.replace('Basic ', '');
    asked.push(`${method} ${url}${user ? ` ${Buffer.from(user, 'base64').toString()}` : ''}`);
  };
  const server = http.createServer((request, response) => {
    note(request);
    if (refuse !== undefined) return void response.writeHead(refuse).end('refused');
    const path = new URL(request.url ?? '').pathname;
    const { method, headers } = request;
    const onward = http.request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, socket: net.Socket) => {
    note(request);
    if (refuse !== undefined) return void socket.end(`HTTP/1.1 ${refuse} Refused\r\n\r\n`);
    const onward = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [onward, socket]) {
      sockets.add(end);
      end.on('error', () => end.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
