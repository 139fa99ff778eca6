"""The app, as Streamlit runs it: `climrisk app`, or `streamlit run app.py` in a checkout."""

from climrisk.ui.main import main

main()
