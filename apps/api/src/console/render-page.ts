import type { ConsoleFiles } from '@dsapi/console'
import { consolePath } from './console-area.ts'

/**
 * The page of every path of the console; the script decides what is on it. Its links are relative, so that they also work
 * behind a proxy that adds a prefix to the path.
 */
export const renderPage = ({ script, style }: ConsoleFiles, path: string): string => {
  const base = baseOf(path)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dsapi console</title>
<link rel="icon" href="${base}../docs/pictures/icon.svg">
<link rel="stylesheet" href="${base}${style.name}">
<script type="module" src="${base}${script.name}"></script>
</head>
<body>
<div id="console"></div>
<noscript>The console needs JavaScript. Everything that it does can also be done with the command <code>dsapi</code>.</noscript>
</body>
</html>
`
}

/** The way from a path to the folder of the console. */
const baseOf = (path: string) => {
  if (path === consolePath) return 'console/'
  const depth = path.slice(`${consolePath}/`.length).split('/').length - 1
  return depth === 0 ? './' : '../'.repeat(depth)
}
