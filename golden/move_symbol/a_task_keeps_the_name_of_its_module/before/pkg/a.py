from celery import shared_task


@shared_task
def one():
    return 1


X = 1
