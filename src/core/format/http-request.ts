// An HTTP request and its answer as a message whose template tells method, shape of the path and status apart, and is
// the same whoever asked: `GET / orders / 42 -> OK http200`.
import { DELIMITERS } from '../template/vocabulary.js';
import { describeStatus, isPathTelling } from './http-status.js';

/** RFC 9110, RFC 5789, WebDAV, and what caches know. Anybody can send any word: the others must make no templates. */
const METHODS: ReadonlySet<string> = new Set(
  (
    'GET HEAD POST PUT DELETE PATCH OPTIONS CONNECT TRACE PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK REPORT ' +
    'SEARCH PURGE'
  ).split(' '),
);

/** Files that pages are made of: there are many, and which of them is asked for says nothing. */
const ASSET =
  /\.(?:css|js|mjs|map|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg|wasm|webmanifest)$/i;

/** Segments of a path that are told apart; what follows is one value. */
const MOST_SEGMENTS = 8;
/** Characters kept of a segment and of a whole path: nobody's request may push the status out of the message. */
const MOST_SEGMENT_CHARACTERS = 120;
const MOST_PATH_CHARACTERS = 500;

/**
 * Method, path without its query, and status. The segments of the path stand apart, so that each is a word or a value of
 * the template. It is one single value where it says nothing: for assets, and where the answer was that there is no such
 * thing (anybody can ask for anything). What cannot stand in a word is percent-encoded.
 *
 * @param request `GET /path?query HTTP/1.1`; empty or `-` when the client sent none
 * @param status 0 when there was no answer
 */
export function describeRequest(request: string, status: number): string {
  const answer = `-> ${describeStatus(status)}`;
  if (request === '' || request === '-') return `no request ${answer}`;
  const methodEnd = request.indexOf(' ');
  const method = request.slice(0, Math.max(methodEnd, 0));
  if (!METHODS.has(method)) return `malformed request ${answer}`;
  const target = request.slice(methodEnd + 1).replace(/ +HTTP\/\d(?:\.\d)?$/, '');
  return `${method} ${describePath(pathOf(target), isPathTelling(status))} ${answer}`;
}

/** Without scheme, host and query. */
function pathOf(target: string): string {
  const path = target.slice(0, 8000).replace(/^[a-z][a-z+.-]{0,20}:\/\/[^/?#]*/i, '');
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}

function describePath(path: string, isTelling: boolean): string {
  if (path === '' || path === '/') return '/';
  if (path === '*') return '*';
  if (!path.startsWith('/')) return `/${encode(path, MOST_PATH_CHARACTERS)}`;
  if (!isTelling || ASSET.test(path)) return encode(path, MOST_PATH_CHARACTERS);
  const segments = path.split('/').filter((segment) => segment !== '');
  const words = segments.slice(0, MOST_SEGMENTS).map((each) => encode(each, MOST_SEGMENT_CHARACTERS));
  const rest = segments.slice(MOST_SEGMENTS);
  if (rest.length > 0) words.push(encode(`/${rest.join('/')}`, MOST_PATH_CHARACTERS));
  return `/ ${words.join(' / ')}`;
}

const UNSAFE_CHARACTERS = `[\\x00-\\x20\\x7f${DELIMITERS.replaceAll(']', '\\]')}]|\\.(?=\\.)`;
const HAS_UNSAFE = new RegExp(UNSAFE_CHARACTERS);
const UNSAFE = new RegExp(UNSAFE_CHARACTERS, 'g');

/** With `%2C` for a comma: a delimiter would cut a value in two, and where it stands differs from request to request. */
function encode(text: string, mostCharacters: number): string {
  const short = text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
  // nearly always there is nothing to replace, and to ask is quicker
  if (!HAS_UNSAFE.test(short)) return short;
  return short.replace(
    UNSAFE,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
