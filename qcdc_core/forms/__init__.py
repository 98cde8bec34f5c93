"""Forms, figures, and the reporting calendar."""

from qcdc_core.forms.catalog import Figure, Form, form, forms, forms_owed_by

__all__ = ["Figure", "Form", "form", "forms", "forms_owed_by"]
