import { render } from 'preact'

const root = document.querySelector('#console')
if (root !== null) render(<h1>dsapi console</h1>, root)
