/** What our connections are called in `pg_stat_activity`, where a copy looks for those that are not its own. */
export const applicationNames = { copy: 'dsapi copy', others: 'dsapi' } as const
