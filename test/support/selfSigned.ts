import { createSign, generateKeyPairSync } from 'node:crypto';

/** A certificate that nobody but its own holder vouches for, and its key; both as PEM. Valid for the given host and one day. */
export function selfSigned(host: string): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const name = sequence(set(sequence(oid('550403'), element(0x0c, Buffer.from(host)))));
  const hostName = element(0x82, Buffer.from(host));
  const extensions = sequence(
    sequence(oid('551d11'), octets(sequence(hostName))),
    sequence(oid('551d13'), element(0x01, Buffer.from([0xff])), octets(sequence(element(0x01, Buffer.from([0xff]))))),
  );
  const now = Date.now();
  const body = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(now - 3_600_000), time(now + 86_400_000)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    element(0xa3, extensions),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const der = sequence(body, algorithm, element(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

/** One element of DER: its tag, its length, its content. Source: ITU-T X.690, section 8. */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}
function set(part: Buffer): Buffer {
  return element(0x31, part);
}
function octets(part: Buffer): Buffer {
  return element(0x04, part);
}
function oid(hex: string): Buffer {
  return element(0x06, Buffer.from(hex, 'hex'));
}
function time(ms: number): Buffer {
  const text = new Date(ms)
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '')
    .slice(2);
  return element(0x17, Buffer.from(text));
}
