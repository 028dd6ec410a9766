/** Under these names the two connections with the media server are on record, as others under the ids of members. */
export const SERVER_PUBLISH = 'server-publish';
export const SERVER_SUBSCRIBE = 'server-subscribe';
