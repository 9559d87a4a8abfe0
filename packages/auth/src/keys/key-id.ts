const form = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a key can have this id. Other texts are not looked up, because a database may be unable to hold them. */
export const isKeyId = (text: string): boolean => form.test(text)
