const form = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a key can have this id at all. Nothing else is asked for: a database may not even hold it. */
export const isKeyId = (text: string): boolean => form.test(text)
