"""The figures in words, for a terminal."""

from typing import Any

Json = dict[str, Any]


def percent(rate: Json) -> str:
    """A rate with its interval; a bound where nothing, or everything, was counted."""
    if not rate["trials"]:
        return "none to tell from"
    low, high = (100 * end for end in rate["interval"])
    counted = f"({rate['errors']} of {rate['trials']})"
    if rate["errors"] == 0:
        return f"at most {high:.1f} % {counted}"
    if rate["errors"] == rate["trials"]:
        return f"at least {low:.1f} % {counted}"
    return f"{100 * rate['rate']:.1f} % [{low:.1f}, {high:.1f}] {counted}"


def told(figures: Json) -> str:
    """The main figures, one in a line."""
    genuine = figures["bona_fide"]
    lines = [
        f"BPCER  {percent(genuine['bpcer'])}, no response {percent(genuine['bpnrr'])}",
        f"FRR    {percent(genuine['frr'])}, of these referred {genuine['referred']['errors']}",
    ]
    for kind in dict.fromkeys(row["kind"] for row in figures["attacks"]):
        rows = [row for row in figures["attacks"] if row["kind"] == kind]
        lines.append(f"{kind}: worst species {figures['worst'].get(kind, 'not known')}")
        width = max(len(row["species"]) for row in rows)
        lines += [
            f"  {row['species']:{width}}  APCER {percent(row['apcer'])}, IAPAR {percent(row['iapar'])}" for row in rows
        ]
    return "\n".join(lines)
