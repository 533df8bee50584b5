"""Was it a live person who followed the challenge?"""
