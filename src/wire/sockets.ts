/** How connections to others are kept. */

/** An idle socket is let go before the service does, since a POST on a closing socket may or may not have arrived. */
const idleMs = 30_000

export const sockets = { keepAlive: true, maxSockets: 16, timeout: idleMs }
