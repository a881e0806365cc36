// Makes the photo of an entry smaller before it is sent: a signal is weak, a camera is not. Drawn
// anew it also loses where and by which phone it was taken. What this cannot read is marked, and is
// no photo.

import { targetOf } from './dom.js'

const FIELD = 'input[type=file][name=photo]'
const TRIES = [
  [1600, 0.8],
  [1600, 0.6],
  [1280, 0.6],
  [1024, 0.5]
]
const LEAST_QUALITY = 0.5
const MOST_BYTES = 150_000
const working = new Map()

/** Until what was chosen in the field is drawn, or found to be no photo; nothing where it is. */
export const drawing = (input) => working.get(input)

async function chosen(input) {
  const [file] = input.files
  const work = file ? shrunk(file) : Promise.resolve(null)
  working.set(input, work)
  const drawn = await work
  if (working.get(input) !== work) return
  working.delete(input)
  if (drawn) put(input, drawn.file)
  input.toggleAttribute('data-unread', Boolean(file) && !drawn)
  show(input, drawn?.canvas)
}

/* The small file and the canvas it was drawn on, or null where it cannot be read. */
async function shrunk(file) {
  try {
    const picture = await createImageBitmap(file)
    for (const [edge, quality] of TRIES) {
      const canvas = draw(picture, edge)
      const blob = await written(canvas, quality)
      if (blob.size <= MOST_BYTES || quality === LEAST_QUALITY) {
        return {
          canvas,
          file: new File([blob], `photo.${blob.type.split('/')[1]}`, { type: blob.type })
        }
      }
    }
  } catch {
    return null
  }
}

function draw(picture, edge) {
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  paper.fillStyle = 'white'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

/* A browser that cannot write WebP answers with a large PNG instead. */
async function written(canvas, quality) {
  const as = (type) => new Promise((resolve) => canvas.toBlob(resolve, type, quality))
  const blob = await as('image/webp')
  return blob.type === 'image/webp' ? blob : as('image/jpeg')
}

function put(input, file) {
  const files = new DataTransfer()
  files.items.add(file)
  input.files = files.files
}

/* The picture that goes with the entry, and a way to take it off again. */
function show(input, canvas) {
  const place = input.form?.querySelector('[data-photo-shown]')
  if (!place) return
  place.hidden = !canvas
  place.querySelector('canvas')?.remove()
  if (canvas) place.prepend(canvas)
}

function takeOff(button) {
  const input = button.form.querySelector(FIELD)
  input.value = ''
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

/* Whoever is quicker than the drawing waits for it: the form is sent when it is done. */
async function hold(event) {
  const input = event.target.querySelector(FIELD)
  const work = working.get(input)
  if (!work) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const { submitter } = event
  await work
  await Promise.resolve()
  event.target.requestSubmit(submitter)
}

addEventListener('submit', hold, true)
document.addEventListener('change', (event) => {
  const target = targetOf(event)
  if (target.matches(FIELD)) chosen(target)
})
document.addEventListener('click', (event) => {
  const button = targetOf(event).closest('[data-photo-off]')
  if (button) takeOff(button)
})
document.addEventListener('htmx:after:swap', () =>
  document.querySelectorAll(FIELD).forEach(showAgain)
)

/* A refused sheet came back with the photo still in it. */
function showAgain(input) {
  if (input.files.length && !working.has(input)) chosen(input)
}

document.querySelectorAll(FIELD).forEach(showAgain)
