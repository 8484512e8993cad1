/** What the measured bot shares with its telephone system. */
export const webhookSecret = 'a secret of more than sixteen characters'
