"""What may be sent to the doors of preparation; one form per kind of activity."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.workshops.forms.activity import ActivityForm
from atelier.workshops.forms.leading import PresentationForm, RecapForm, SpeakingForm, StepForm
from atelier.workshops.forms.votes import (
    CheckInForm,
    ChoiceForm,
    ConsentForm,
    DotVoteForm,
    GradientsForm,
    MajorityJudgmentForm,
    RotiForm,
    ScaleForm,
)
from atelier.workshops.forms.writing import (
    BoardForm,
    CommitmentsForm,
    ContributionsForm,
    HypothesisForm,
    QuestionsForm,
)

FORMS: Mapping[str, type[ActivityForm]] = {
    "presentation": PresentationForm,
    "recap": RecapForm,
    "step": StepForm,
    "speaking": SpeakingForm,
    "contributions": ContributionsForm,
    "board": BoardForm,
    "hypothesis": HypothesisForm,
    "questions": QuestionsForm,
    "commitments": CommitmentsForm,
    "dot_vote": DotVoteForm,
    "choice": ChoiceForm,
    "scale": ScaleForm,
    "gradients": GradientsForm,
    "majority_judgment": MajorityJudgmentForm,
    "consent": ConsentForm,
    "check_in": CheckInForm,
    "roti": RotiForm,
}
