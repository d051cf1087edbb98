import type { Case } from '../run/case.js';
import { accounts } from './accounts.js';
import { beats } from './beats.js';
import { changes } from './changes.js';
import { endings } from './endings.js';
import { errors } from './errors.js';
import { hello } from './hello.js';
import { http } from './http.js';
import { members } from './members.js';
import { nodes } from './nodes.js';
import { positions } from './positions.js';
import { presence } from './presence.js';
import { resume } from './resume.js';
import { sending } from './sending.js';
import { sessions } from './sessions.js';
import { streams } from './streams.js';
import { texts } from './texts.js';

/** Every case, about in the order of the protocol's text. */
export const cases: readonly Case[] = [
  ...accounts,
  ...hello,
  ...resume,
  ...streams,
  ...members,
  ...sending,
  ...texts,
  ...changes,
  ...positions,
  ...presence,
  ...beats,
  ...sessions,
  ...endings,
  ...errors,
  ...http,
  ...nodes,
];
