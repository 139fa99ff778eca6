"""The app: pages that show and change a study; every number comes from the layers below."""
