"""What a need means beside the other cells, and what free text takes back of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from matcher.catalogue.weights import Weights
from matcher.features.asks import Ask
from matcher.intake.tenants import Tenant
from matcher.text import DENIED, PUT_OFF, STATED, Mention

NEED_FIELDS = ("need_detail",)
SPACE_FIELDS = ("space_need", *NEED_FIELDS)


def read_needs(
    needs: Mapping[str, Ask],
    tenant: Tenant,
    kinds: Collection[str],
    mentions: Sequence[Mention],
    in_space: Sequence[Mention],
    weights: Weights,
) -> dict[str, Ask]:
    """Return the needs of a tenant as the other cells and the free text make them.

    Parameters
    ----------
    needs : mapping of str to Ask
        As the cell states them.
    tenant : Tenant
        The other cells.
    kinds : collection of str
        Kinds of partner that the tenant looks for.
    mentions, in_space : sequence of Mention
        What the need in words mentions, and what the words on space do.
    weights : Weights
        Readings, and the weights of what is denied or put off.
    """
    found = {need: _as_told(need, ask, mentions, weights) for need, ask in needs.items()}
    _read_space(found, tenant, in_space, weights)
    for reading in weights.readings:
        stated = found.get(reading.need)
        if stated is None or not reading.holds(tenant.values.get("sector"), kinds):
            continue
        weight = reading.share * stated.weight
        if reading.means not in found or found[reading.means].weight < weight:
            found[reading.means] = Ask(weight)
    return found


def _as_told(need: str, ask: Ask, mentions: Sequence[Mention], weights: Weights) -> Ask:
    said = {mention.state: mention for mention in mentions if mention.term_id == need}
    if STATED in said or not said:
        return ask
    share = weights.doubted if DENIED in said else weights.put_off
    return Ask(ask.weight * share, said[DENIED if DENIED in said else PUT_OFF].evidence)


def _read_space(
    needs: dict[str, Ask], tenant: Tenant, in_space: Sequence[Mention], weights: Weights
) -> None:
    """Let the words on space say which space: a need for one, or one wanted by the way."""
    wanted = tenant.stated.get("space_need", "")
    texts = [wanted, *(tenant.stated.get(field, "") for field in NEED_FIELDS)]
    denied = {mention.term_id for mention in in_space if mention.state == DENIED}
    for space in weights.spaces:
        if space.means in needs or space.means in denied:
            continue
        word = next((word for word in space.words for text in texts if word in text), "")
        if space.need != space.means and space.need in needs:
            if word:
                needs[space.means] = Ask(needs.pop(space.need).weight, word)
        elif any(word in wanted for word in space.words):
            needs[space.means] = Ask(space.share, wanted)
