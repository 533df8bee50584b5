"""Quality components of a face picture, one measure a file, named as in ISO/IEC 29794-5."""
