// The page's first module: asks the server how things stand, and starts the shell or says why it cannot.
import type { Status } from '../api.js';
import { element, fill } from './dom.js';
import { ApiError, createApi } from './http.js';
import { startShell } from './shell.js';

const RETRY_MS = 10_000;

async function start(app: HTMLElement): Promise<void> {
  try {
    startShell(app, await createApi(() => '').get<Status>('/status'));
  } catch (error) {
    console.error(error);
    const sentence = error instanceof ApiError ? error.message : 'The page could not start.';
    fill(
      app,
      element(
        'main',
        { class: 'fatal' },
        element('h1', {}, 'loghorn'),
        element('p', { role: 'alert' }, sentence),
        element('p', { class: 'hint' }, `This page looks again every ${RETRY_MS / 1000} s.`),
        element('button', { type: 'button', onclick: () => location.reload() }, 'Try now'),
      ),
    );
    // nobody stands before a screen on a wall
    setTimeout(() => void start(app), RETRY_MS);
  }
}

const app = document.getElementById('app');
if (app) void start(app);
