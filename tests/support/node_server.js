// smtp-server (the npm package) with and without TLS, for tests/support/node_server.py.
//
// Arguments: the package's directory, then one JSON object: {"users": {name: {"password", "token"}}, "cert", "key"}.
// Prints {"none": port, "starttls": port, "implicit": port} when all three listen, then one line of JSON for each mail
// that it takes. Ends with its standard input.
'use strict';

const fs = require('fs');
const { SMTPServer } = require(process.argv[2]);
const { users, cert, key } = JSON.parse(process.argv[3]);

function isValid(auth, user) {
  switch (auth.method) {
    case 'CRAM-MD5': return auth.validatePassword(user.password);
    case 'XOAUTH2': return auth.accessToken === user.token;
    default: return auth.password === user.password;
  }
}

function onAuth(auth, session, callback) {
  const user = users[auth.username];
  const error = { status: '401', schemes: 'bearer' };
  callback(null, user && isValid(auth, user) ? { user: auth.username } : { data: error });
}

function onData(stream, session, callback) {
  const pieces = [];
  stream.on('data', (piece) => pieces.push(piece));
  stream.on('end', () => {
    console.log(JSON.stringify({ user: session.user, content: Buffer.concat(pieces).toString('latin1') }));
    callback();
  });
}

const common = { onAuth, onData, authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'], disableReverseLookup: true };
const tls = { cert: fs.readFileSync(cert), key: fs.readFileSync(key) };
const kinds = {
  none: { ...common, hideSTARTTLS: true, allowInsecureAuth: true },
  starttls: { ...common, ...tls },
  implicit: { ...common, ...tls, secure: true },
};

async function listen(options) {
  const server = new SMTPServer(options);
  server.on('error', () => {}); // a client that went away
  return new Promise((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => resolve(listener.address().port));
  });
}

async function main() {
  const ports = {};
  for (const kind of Object.keys(kinds)) ports[kind] = await listen(kinds[kind]);
  console.log(JSON.stringify(ports));
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(0));
}

main();
