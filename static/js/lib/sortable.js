/**
 * Dragging rows by their grip. Whatever is dragged can also be moved by buttons and by « Déplacer vers… »: this only adds
 * a way, and is left out where it cannot work.
 */
import { Sortable } from "../../vendor/sortablejs.js";

/**
 * @param {HTMLElement} list
 * @param {object} options
 * @param {string} options.group lists of one group exchange their rows
 * @param {string} options.rows selector of what is dragged
 * @param {(moved: {row: HTMLElement, list: HTMLElement, place: number}) => void} options.onMove
 * @returns {() => void} undoes it
 */
export function sortable(list, { group, rows, onMove }) {
  const made = Sortable.create(list, {
    group,
    draggable: rows,
    handle: "[data-grip]",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    ghostClass: "is-dragged",
    onEnd: (/** @type {any} */ event) => {
      if (event.from === event.to && event.oldDraggableIndex === event.newDraggableIndex) return;
      onMove({ row: event.item, list: event.to, place: event.newDraggableIndex });
    },
  });
  return () => made.destroy();
}

/**
 * Lists whose order is the server's: what is dropped is put back where it was, then told; the patch that answers moves it.
 * @param {HTMLElement} list
 * @param {{group: string, draggable: string, handle?: string}} how
 * @param {(drop: {item: HTMLElement, from: HTMLElement, to: HTMLElement, index: number}) => void} dropped
 * @returns {() => void} undoes it
 */
export function sortedByServer(list, { group, draggable, handle }, dropped) {
  /** @type {Node | null} */
  let next = null;
  const made = Sortable.create(list, {
    group,
    draggable,
    ...(handle ? { handle } : {}),
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    delay: 150,
    delayOnTouchOnly: true,
    ghostClass: "is-ghost",
    chosenClass: "is-dragged",
    onStart: (/** @type {any} */ { item }) => {
      next = item.nextSibling;
    },
    onEnd: (/** @type {any} */ { item, from, to, newDraggableIndex, oldDraggableIndex }) => {
      from.insertBefore(item, next?.parentNode === from ? next : null);
      if (from !== to || newDraggableIndex !== oldDraggableIndex) dropped({ item, from, to, index: newDraggableIndex });
    },
  });
  return () => made.destroy();
}
