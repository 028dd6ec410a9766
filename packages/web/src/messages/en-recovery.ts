/** What people read in English while a connection is away, and when it is back. */
export const enRecovery = {
  recovery: {
    seconds: (ms: number) => `${(ms / 1_000).toFixed(1)} s`,
    serverBack: (time: string) => `Reconnected after ${time}`,
    memberAway: (name: string) => `The connection to ${name} is interrupted. Restoring it…`,
    membersAway: (count: number) => `The connections to ${count} people are interrupted. Restoring them…`,
    memberBack: (name: string, time: string) => `${name} is back after ${time}`,
    membersBack: (count: number, time: string) => `${count} people are back after ${time}`,
    tile: 'Restoring the connection…',
  },
};
