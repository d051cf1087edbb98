/** Dialogs of which one at a time stands over the page. */
export type DialogName =
  'create' | 'status' | 'switch' | 'help' | 'profile' | 'sessions' | 'password';
