/** The version of what the API answers. */
export const apiVersion = '0.1.0'
