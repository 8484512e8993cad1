/** How many effects are performed at once, in whichever store they are kept. */

/** Teams: 8 to 16 sends at once keep one slow member from delaying the others. */
export const mostAtOnce = 16

/** So many hands the rest may have: what comes in numbers, a welcome to everybody, holds no card up. */
export const mostForTheRest = 10
