"""What a run left behind, checked without the table: bundle, summary, plan, request, kept answers, counted looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from journeyman.brief.brief import Brief
from journeyman.brief.read import read_brief
from journeyman.bundle.manifest import LIMITS, OPTIONAL
from journeyman.bundle.model import Model, load
from journeyman.errors import GateClosed
from journeyman.evaluation.certificate import Certificate, code_digests, without_times
from journeyman.evaluation.looks import Odometer
from journeyman.job.requested import brief_digest
from journeyman.report.summary import versions
from journeyman.store.digest import digest_data
from journeyman.store.journal import read_journal
from journeyman.store.run_folder import JOURNAL
from journeyman.verification.comparing import checked, digest_of, inside, object_in, require_equal, require_same
from journeyman.verification.verification import Check

#: Largest size of one array.
_LARGEST = 1 << 36


@dataclass(frozen=True)
class LeftBehind:
    """A run's folder, and its certificate."""

    folder: Path
    certificate: Certificate

    @cached_property
    def request(self) -> Brief:
        """What was asked for."""
        return read_brief(self.folder / "brief.toml")

    @cached_property
    def summary(self) -> Mapping[str, Any]:
        """``run.json``."""
        return object_in(self.folder / "run.json")

    @cached_property
    def model(self) -> Model:
        """The bundle, loaded; what is wrong with it is raised."""
        return load(self.folder / "bundle")

    def checks(self) -> list[Check]:
        """Everything that can be told without the table."""
        return [
            checked("bundle", self._bundle),
            checked("run.json", self._summary),
            checked("plan.json", self._plan),
            checked("brief.toml", self._brief),
            checked("journal", self._journal),
            checked("answers", self._arrays),
            checked("looks", self._looks),
            self._code(),
            self._environment(),
        ]

    def unchecked(self) -> list[Check]:
        """What cannot be told without the table."""
        words = "not recomputed without the table; name it with --data"
        names = ["data", *(f"claim {name}" for name in self.certificate.claims["evaluation"]), "claim verdict"]
        return [Check(name, "not checked", words) for name in names]

    def _bundle(self) -> str:
        certified = self.certificate.model["bundle"]
        for name, told in certified.items():
            found = digest_of(self.folder / "bundle" / name, {**LIMITS, **OPTIONAL}.get(name, 0))
            require_same(f"the digest of bundle/{name}", told["sha256"], found)
        require_same("the plan that it names", self.certificate.model["plan"], self.model.manifest.facts.get("plan"))
        rows = len(self.model.manifest.golden_answers)
        return f"its {len(certified)} files are the same; it loads, and answers its {rows} golden rows as it did"

    def _summary(self) -> str:
        certificate, summary = self.certificate, self.summary
        data, model, folds = certificate.data, certificate.model, certificate.folds
        require_equal(certificate.claims, without_times(summary, certificate.claims))
        certified = {
            "target": certificate.target,
            "seed": certificate.seed,
            "brief": certificate.brief,
            "versions": certificate.environment,
            "chosen": {"name": model["name"], "key": model["key"]},
            "digests": {"source": data["source"], "data": data["used"], "plan": model["plan"]},
            "folds": [folds["kind"], folds["count"]],
        }
        told = {
            "target": summary.get("target"),
            "seed": inside(summary, "brief", "seed"),
            "brief": brief_digest(told) if isinstance(told := summary.get("brief"), Mapping) else None,
            "versions": summary.get("versions"),
            "chosen": summary.get("chosen"),
            "digests": summary.get("digests"),
            "folds": [inside(summary, "folds", "kind"), inside(summary, "folds", "count")],
        }
        require_equal(certified, told)
        return "it says the same as the certificate"

    def _plan(self) -> str:
        require_same("its digest", self.certificate.model["plan"], digest_data(object_in(self.folder / "plan.json")))
        return f"the plan of {self.certificate.model['name']!r}"

    def _brief(self) -> str:
        require_same("its digest", self.certificate.brief, brief_digest(self.request))
        return "the same request"

    def _journal(self) -> str:
        events = read_journal(self.folder / JOURNAL)
        fits = {(one.get("key"), one.get("fold")): one.get("digests") for one in events if one.get("event") == "fit"}
        for (key, fold), arrays in self.certificate.array_digests().items():
            require_equal(arrays, fits.get((key, fold)), f"the fit of {key} in fold {fold}")
        return f"it has the {len(self.certificate.fits)} fits of the certificate"

    def _arrays(self) -> str:
        count = 0
        for (key, _), arrays in self.certificate.array_digests().items():
            for name, digest in arrays.items():
                path = f"trials/{key}/{name}.npy"
                require_same(f"the digest of {path}", digest, digest_of(self.folder / path, _LARGEST))
                count += 1
        looks = self.certificate.looks
        return f"{count} files of {looks['candidates']} candidates are the same"

    def _looks(self) -> str:
        looks = self.certificate.looks
        odometer = Odometer(tuple(looks["before"]))
        require_equal(looks["share"], odometer.share, "share")
        candidates = {one["key"] for one in self.certificate.candidates}
        scored = {one["key"] for one in self.certificate.fits if one["fold"] >= 0} & candidates
        require_equal(looks["candidates"], len(scored), "candidates")
        if not set(self.certificate.judged) <= candidates:
            raise GateClosed("a candidate was judged that is not on the list", because="its key is unknown")
        scores = f"{len(scored)} candidate{'s were' if len(scored) > 1 else ' was'} scored by them in this one"
        return f"{odometer.sentence}; {scores}"

    def _code(self) -> Check:
        """Other code is no fault: what it gives is what counts."""
        is_same = dict(self.certificate.code) == code_digests()
        return Check("code", "holds" if is_same else "note", "the same" if is_same else "another than that which built")

    def _environment(self) -> Check:
        """Nor are other libraries."""
        then, now = self.certificate.environment, versions()
        changed = [
            f"{name} {then.get(name, 'absent')} then, {now.get(name, 'absent')} now"
            for name in sorted({*then, *now})
            if then.get(name) != now.get(name)
        ]
        return Check("environment", "note" if changed else "holds", "; ".join(changed) or "the same versions")
