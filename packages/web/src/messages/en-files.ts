/** What the SDK refuses data and files with, in English. */
export const enDataErrors = {
  no_data_channel: 'There is no direct connection to that person at the moment.',
  data_too_large: 'That is more than the other side takes at once.',
  data_not_sendable: 'This can’t be read or sent.',
  member_left: 'That person has left.',
  too_many_transfers: 'Too many files are under way with that person. Wait until one has arrived.',
};
