/** The shapes of the contract that the cases look into; the schemas say what else is in them. */

export type Params = Readonly<Record<string, unknown>>;

export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

export interface StreamState {
  readonly stream: string;
  readonly kind: string;
  readonly head: number;
  readonly after: number;
}

export interface Limits {
  readonly frameBytes: number;
  readonly messageCodePoints: number;
  readonly messageBytes: number;
  readonly framesPerSecond: number;
  readonly framesBurst: number;
  readonly groupMembers: number;
  readonly recallSeconds: number;
  readonly editSeconds: number;
}

export interface Welcome {
  readonly type: 'welcome';
  readonly connection: string;
  readonly session: string;
  readonly user: string;
  readonly node: string;
  readonly epoch: string;
  readonly serverTime: string;
  readonly heartbeatMs: number;
  readonly expiresAt: string;
  readonly limits: Limits;
  readonly features: readonly string[];
  readonly streams: readonly StreamState[];
  readonly more: boolean;
}

export interface Event {
  readonly stream: string;
  readonly seq: number;
  readonly kind: string;
  readonly at: string;
  readonly by: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Signal {
  readonly kind: string;
  readonly conversation?: string;
  readonly user?: string;
  readonly read?: number;
  readonly delivered?: number;
  readonly presence?: Presence;
}

export interface Presence {
  readonly user: string;
  readonly state: string;
  readonly status?: { readonly emoji?: string; readonly text: string; readonly until?: string };
  readonly lastSeenAt?: string;
  readonly version: number;
}

export interface Heartbeat {
  readonly type: 'heartbeat';
  readonly heads: Readonly<Record<string, number>>;
  readonly count: number;
  readonly hash: number;
}

export interface Resync {
  readonly type: 'resync_required';
  readonly stream: string;
  readonly first: number;
  readonly head: number;
  readonly reason: string;
}

export interface ErrorFrame {
  readonly type: 'error';
  readonly error: ErrorBody;
  readonly close: boolean;
}

export type Reply =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: ErrorBody };

export type Frame =
  | Welcome
  | Reply
  | Heartbeat
  | Resync
  | ErrorFrame
  | {
      readonly type: 'streams';
      readonly streams: readonly StreamState[];
      readonly more: boolean;
    }
  | { readonly type: 'events'; readonly events: readonly Event[] }
  | { readonly type: 'signals'; readonly signals: readonly Signal[] }
  | { readonly type: 'token_expiring'; readonly expiresAt: string }
  | { readonly type: 'go_away'; readonly reason: string; readonly retryAfterMs: number };

export type FrameOf<T extends Frame['type']> = Extract<Frame, { readonly type: T }>;

export interface Written {
  readonly stream: string;
  readonly seq: number;
  readonly at: string;
}

export interface Sent {
  readonly conversation: string;
  readonly seq: number;
  readonly at: string;
  readonly duplicate?: boolean;
}

export interface Message {
  readonly conversation: string;
  readonly seq: number;
  readonly sender: string;
  readonly clientId?: string;
  readonly at: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly mentions?: { readonly users?: readonly string[]; readonly all?: boolean };
  readonly replyTo?: number;
  readonly thread?: number;
  readonly editedAt?: string;
  readonly recalledAt?: string;
  readonly reactions?: readonly { emoji: string; count: number; users: readonly string[] }[];
  readonly replies?: number;
  readonly lastReplySeq?: number;
  readonly pin?: { readonly by: string; readonly at: string; readonly until?: string };
}

export interface MessagePage {
  readonly items: readonly Message[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  readonly head: number;
}

export interface Conversation {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly announcement?: string;
  readonly memberCount: number;
  readonly head: number;
  readonly lastMessage?: Message;
  readonly me: {
    readonly role: string;
    readonly from: number;
    readonly read: number;
    readonly delivered: number;
    readonly unread: number;
    readonly mentions: number;
    readonly muted: boolean;
    readonly pinned: boolean;
    readonly archived: boolean;
    readonly draft?: { readonly text: string; readonly replyTo?: number };
  };
}

export interface StreamEvents {
  readonly events: readonly Event[];
  readonly upTo: number;
  readonly head: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export interface Position {
  readonly user: string;
  readonly read: number;
  readonly delivered: number;
}

export interface OwnPosition {
  readonly conversation: string;
  readonly read: number;
  readonly delivered: number;
  readonly unread?: number;
  readonly mentions?: number;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly expiresAt: string;
  readonly session: string;
  readonly user: { readonly id: string };
}

export interface App {
  readonly id: string;
  readonly keys: readonly { readonly id: string }[];
}
