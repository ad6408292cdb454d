// A plugin of Haraka for tests/support/haraka.py: users with passwords, and a mail directory for every mail.
'use strict';

const fs = require('fs');
const path = require('path');

const METHODS = ['PLAIN', 'LOGIN', 'CRAM-MD5'];

exports.register = function () {
  this.inherits('auth/auth_base');
  this.settings = this.config.get('keep.json');
};

exports.hook_capabilities = (next, connection) => {
  connection.capabilities.push(`AUTH ${METHODS.join(' ')}`);
  connection.notes.allowed_auth_methods = METHODS;
  next();
};

exports.get_plain_passwd = function (user, connection, callback) {
  callback(this.settings.passwords[user]);
};

exports.hook_mail = (next) => next(OK);
exports.hook_rcpt = (next) => next(OK);

// Under another name first, so that nobody reads half a mail.
exports.hook_queue = function (next, connection) {
  const { transaction } = connection;
  const beginning = path.join(this.settings.mail, 'tmp', transaction.uuid);
  const file = fs.createWriteStream(beginning);
  file.on('close', () => fs.rename(beginning, path.join(this.settings.mail, 'new', transaction.uuid), () => next(OK)));
  transaction.message_stream.pipe(file, { line_endings: '\r\n' });
};

exports.hook_queue_outbound = exports.hook_queue;
