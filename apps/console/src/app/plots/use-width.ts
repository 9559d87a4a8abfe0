import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** An element that is not laid out yet has no width, and axes need some. */
const leastWidth = 160

/** The width of an element in pixels, also after it changes: plots are drawn for it, so that their text keeps its size. */
export const useWidth = (
  usual: number,
): { readonly ref: RefObject<HTMLDivElement | null>; readonly width: Signal<number> } => {
  const ref = useRef<HTMLDivElement>(null)
  const width = useSignal(usual)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => {
      width.value = Math.max(element.clientWidth, leastWidth)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [width])
  return { ref, width }
}
