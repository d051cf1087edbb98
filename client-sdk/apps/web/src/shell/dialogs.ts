/** Dialogs of which one at a time stands over the page. */
export type DialogName = 'create' | 'switch' | 'help' | 'profile' | 'sessions' | 'password';
