// Alerts by mail over SMTP, a connection each: alerts are few. Its socket is ours, so that what is broken off ends at once.
import { connect, type Socket } from 'node:net';
import { mailContent } from '../sinks/mail-content.js';
import { type RemoteSink, SinkError } from '../sinks/sink.js';

export interface SmtpOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps). */
  readonly isSecure: boolean;
  /** Of a connection that begins in clear text: whether it must, may or must not change to TLS. */
  readonly startTls: 'required' | 'if-offered' | 'never';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Addresses, as they stand in a header. */
  readonly from: string;
  readonly to: readonly string[];
  readonly timeoutMs: number;
}

export function createSmtpSink(options: SmtpOptions): RemoteSink {
  const { name, host, port, isSecure, startTls, user, password, from, to, timeoutMs } = options;
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    name,
    timeoutMs,
    send: async (message, signal) => {
      const { subject, text, html, messageId, inReplyTo } = mailContent(message, domain);
      // only by whoever sends mail: every command would wait for it
      const { createTransport } = await import('nodemailer');
      let socket: Socket | undefined;
      const transport = createTransport({
        host,
        port,
        secure: isSecure,
        requireTLS: startTls === 'required',
        ignoreTLS: startTls === 'never',
        ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
        getSocket: (_, callback) => {
          const own = (socket = connect({ host, port, signal }));
          own.once('error', callback);
          own.once('connect', () => {
            own.removeListener('error', callback);
            callback(null, { connection: own });
          });
        },
      });
      try {
        await transport.sendMail({
          from,
          to: [...to],
          subject,
          text,
          html,
          messageId,
          ...(inReplyTo === undefined ? {} : { inReplyTo, references: inReplyTo }),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Loghorn-Alert': message.event.alertId },
        });
      } catch (error) {
        throw sinkErrorOf(error as SmtpError, host);
      } finally {
        transport.close();
        socket?.destroy();
      }
    },
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** A server that refuses the mail itself, for good, may take another; one that refuses login or receivers takes none. */
function sinkErrorOf(error: SmtpError, host: string): SinkError {
  const { code, responseCode = 0, message } = error;
  return new SinkError(`${host}: ${message}`, {
    isAboutMessage: code === 'EMESSAGE' && responseCode >= 500,
    cause: error,
  });
}
