"""Does what a run claims come true again?"""
