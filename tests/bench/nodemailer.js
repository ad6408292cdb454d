// nodemailer among the senders that tools/bench --peers compares. Takes its directory, then the arguments of job.hpp.
"use strict";
const fs = require("fs");
const [directory, port, security, ca, login, recipients, mails, keep] = process.argv.slice(2);
const nodemailer = require(directory);

const [user, pass] = login.split(":");
const transport = nodemailer.createTransport({
  host: "127.0.0.1",
  port: Number(port),
  name: "client.example.com",
  secure: security === "implicit",
  ignoreTLS: security === "none",
  requireTLS: security === "starttls",
  tls: ca === "-" ? {} : { ca: fs.readFileSync(ca) },
  auth: login === "-" ? undefined : { user, pass },
  pool: keep === "keep",
  maxConnections: 1,
});
const to = Array.from({ length: Number(recipients) }, (_, i) => `user${i}@example.com`);
const raw =
  "From: <pump@example.com>\r\nTo: <ops@example.com>\r\nSubject: Alarm\r\n\r\n" +
  "The pump in the cellar has stopped.\r\n";

async function main() {
  for (let i = 0; i < Number(mails); ++i) await transport.sendMail({ envelope: { from: "pump@example.com", to }, raw });
  transport.close();
}

main().catch((failure) => {
  console.error(failure.message);
  process.exit(69);
});
