export const letterStatuses = [
  'asked', //   somebody gave a name; nobody has looked whose it is
  'waiting', // to be sent, or the mail server rests
  'sent',
  'refused', // by the mailbox, for good
  'dropped', // another one took its place, or nobody is there to read it
  'nobody', //  no account has that name
] as const;

export type LetterStatus = (typeof letterStatuses)[number];
