"""What `./camp doctor` looks at: each check names what is wrong and its mend."""
