// The share target: what another app shares is held in this worker's memory until the form asks for it;
// nothing of it is stored. A worker that ended meanwhile has nothing, and the form says so.

const SHARE_TARGET = '/share'
let shared = null

addEventListener('fetch', (event) => {
  const { method, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method === 'POST' && origin === location.origin && pathname === SHARE_TARGET)
    event.respondWith(receive(event.request))
})

addEventListener('message', (event) => {
  if (!event.data.takeShared) return
  event.ports[0].postMessage(shared)
  shared = null
})

async function receive(request) {
  shared = await sharedIn(request).catch(() => null)
  const place =
    shared?.contact === undefined ? 'new-entry?shared=photo' : 'new-customer?shared=contact'
  return Response.redirect(`/open/${place}`, 303)
}

/* A photo, or a contact as a vCard or as the words that some apps share in its place. */
async function sharedIn(request) {
  const sent = await request.formData()
  const photo = sent.get('photo')
  if (photo?.size) return { photo }
  const contact = sent.get('contact')
  if (contact?.size) return { contact }
  const words = ['title', 'text'].map((name) => sent.get(name)).filter(Boolean)
  return { contact: new Blob([words.join('\n')]) }
}
